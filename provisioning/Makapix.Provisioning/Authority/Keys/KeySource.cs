namespace Makapix.Provisioning.Authority.Keys;

/// <summary>Where the key of a new CA comes from.</summary>
/// <param name="Kind">What kind it is, if it is made here.</param>
internal sealed record KeySource(KeyKind Kind)
{
    /// <summary>The token that has it already; null: it is made here and kept in an encrypted file.</summary>
    public TokenUri? Token { get; init; }

    /// <summary>For people.</summary>
    public override string ToString() => Token is { } token ? $"on the token, {token}" : $"{KeyKinds.NameOf(Kind)}, in an encrypted file";
}
