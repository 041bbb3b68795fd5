using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Makapix.Cli.Reports;

/// <summary>Rows of CSV (RFC 4180) that a spreadsheet only shows.</summary>
internal static class Csv
{
    /// <summary>A row, with its end.</summary>
    public static string Row(IEnumerable<string> fields) => string.Join(',', fields.Select(Quote)) + "\r\n";

    /// <summary>A time, to the second.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // A spreadsheet runs what begins like a formula: the name of a batch must not be a program on the desk of who reads the list.
    private static string Quote(string field)
    {
        var harmless = field is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{field}" : field;
        return harmless.AsSpan().ContainsAny(',', '"', '\n') || harmless.Contains('\r', StringComparison.Ordinal) ? $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : harmless;
    }
}
