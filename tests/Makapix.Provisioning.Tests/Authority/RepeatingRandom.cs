using System;
using System.Security.Cryptography;

namespace Makapix.Provisioning.Tests.Authority;

/// <summary>A broken random source: the same bytes for ever, unless told to move on.</summary>
internal sealed class RepeatingRandom : RandomNumberGenerator
{
    public byte Value { get; set; }

    public override void GetBytes(byte[] data) => Array.Fill(data, Value);
}
