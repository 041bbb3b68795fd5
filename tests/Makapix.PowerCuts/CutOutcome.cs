namespace Makapix.PowerCuts;

/// <summary>What has become of a board whose power went, after the next run.</summary>
public enum CutOutcome
{
    /// <summary>A device: it boots, every eFuse is as planned, its certificate is the only good one that was ever issued for the board.</summary>
    Working,

    /// <summary>Scrap, and said so: no certificate of it is good, and the line refuses it from then on.</summary>
    Refused,

    /// <summary>Sealed, and so silent, before its label was drawn: whole, in the ledger, with a good certificate. The line says which device it may be.</summary>
    Sealed,

    /// <summary>Anything else, or a secret was found where none may be.</summary>
    Violation,
}
