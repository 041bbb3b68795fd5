using System;
using System.Collections.Generic;
using System.Linq;
using Makapix.VirtualEsp32.Flash;
using Makapix.VirtualEsp32.Power;

namespace Makapix.PowerCuts;

/// <summary>Where the power of a whole provisioning is cut.</summary>
public static class CutPoints
{
    private const int PagesPerSector = NorFlash.SectorSize / NorFlash.PageSize;

    /// <summary>
    /// Every erase; every burn, several times, since each leaves other bits behind; and of each sector's page programs one, drawn by the seed: whichever of them was cut,
    /// what is left is a sector with too little in it, under a key that was never burned.
    /// </summary>
    /// <param name="map">The operations of a whole provisioning.</param>
    /// <param name="seed">Draws.</param>
    /// <param name="burns">How often each burn is cut.</param>
    public static IEnumerable<CutPoint> All(IReadOnlyCollection<PowerOperation> map, int seed, int burns)
    {
        var random = new Random(seed);
        var programs = map.Count(operation => operation == PowerOperation.PageProgram);
        return Burns(map, random.Next(), burns)
            .Concat(Enumerable.Range(1, map.Count(operation => operation == PowerOperation.SectorErase)).Select(n => new CutPoint(PowerOperation.SectorErase, n, random.Next())))
            .Concat(Enumerable.Range(0, programs / PagesPerSector).Select(sector => new CutPoint(PowerOperation.PageProgram, 1 + (sector * PagesPerSector) + random.Next(PagesPerSector), random.Next())));
    }

    /// <summary>Every burn, several times.</summary>
    public static IEnumerable<CutPoint> Burns(IReadOnlyCollection<PowerOperation> map, int seed, int times)
    {
        var random = new Random(seed);
        return Enumerable.Range(1, map.Count(operation => operation == PowerOperation.EfuseBurn)).SelectMany(n => Enumerable.Range(0, times).Select(_ => new CutPoint(PowerOperation.EfuseBurn, n, random.Next()))).ToList();
    }
}
