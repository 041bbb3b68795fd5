using System.Text.Json.Serialization;

namespace Makapix.Provisioning.Chips.Profiles;

/// <summary>How a chip encrypts its flash.</summary>
public enum FlashCipherKind
{
    /// <summary>The classic ESP32's own: AES-256, a key for each 32-byte row.</summary>
    [JsonStringEnumMemberName("esp32-aes-256")]
    Esp32Aes256,

    /// <summary>XTS-AES-128 in units of 128 bytes.</summary>
    [JsonStringEnumMemberName("xts-aes-128")]
    XtsAes128,

    /// <summary>XTS-AES-256 in units of 128 bytes.</summary>
    [JsonStringEnumMemberName("xts-aes-256")]
    XtsAes256,
}
