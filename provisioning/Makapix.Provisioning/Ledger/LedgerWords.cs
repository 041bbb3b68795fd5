using System;
using System.Collections.Frozen;
using System.Linq;
using System.Text.Json;

namespace Makapix.Provisioning.Ledger;

/// <summary>Enums as the tables spell them: <c>devices-issuing</c>, <c>key-compromise</c>, as the JSON of the events does.</summary>
internal static class LedgerWords
{
    public static string Of<T>(T value)
        where T : struct, Enum => Words<T>.Of[value];

    /// <exception cref="LedgerException">MKX-LEDGER-013: there is no such word.</exception>
    public static T Parse<T>(string word)
        where T : struct, Enum => Words<T>.Values.TryGetValue(word, out var value)
        ? value
        : throw new LedgerException("013", $"a table of the ledger holds a word that there is not, where one for {typeof(T).Name} belongs.", "Run 'makapix ledger verify': it says which row was changed.");

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Of = Enum.GetValues<T>().Distinct().ToFrozenDictionary(value => value, value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));
        public static readonly FrozenDictionary<string, T> Values = Of.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);
    }
}
