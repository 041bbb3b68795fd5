namespace Makapix.Provisioning.Broker.Check;

/// <summary>What processes take.</summary>
/// <param name="CpuSeconds">Since they were started, their own and the system's for them.</param>
/// <param name="Bytes">In memory, now.</param>
internal readonly record struct ProcessUse(double CpuSeconds, long Bytes)
{
    public static ProcessUse operator +(ProcessUse left, ProcessUse right) => new(left.CpuSeconds + right.CpuSeconds, left.Bytes + right.Bytes);
}
