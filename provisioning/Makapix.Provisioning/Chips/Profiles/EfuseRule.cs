using System.Collections.Immutable;

namespace Makapix.Provisioning.Chips.Profiles;

/// <summary>One thing that is burned, and under which policies.</summary>
/// <param name="Call">
/// Which call of espefuse burns it, from 1. One call burns BLOCK0 at one go, in no order: what must not be protected before it is burned
/// comes in an earlier call.
/// </param>
/// <param name="Action">What is done.</param>
/// <param name="Name">Espressif's name of the field; null for the key and the digest, whose blocks are named elsewhere.</param>
/// <param name="Value">The field's new value; 0 for anything but <see cref="EfuseAction.Value"/>.</param>
/// <param name="Policies">Names of the policies.</param>
/// <param name="Reversible">Whether what it does can be undone by burning more.</param>
/// <param name="Why">The reason, for the operator and the auditor.</param>
public sealed record EfuseRule(int Call, EfuseAction Action, string? Name, uint Value, ImmutableArray<string> Policies, bool Reversible, string Why);
