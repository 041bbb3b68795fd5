using System.Collections.Generic;
using System.Globalization;

namespace Makapix.Provisioning.Ledger.Verification;

/// <summary>The findings so far. After the first hundred no more are kept: a table that was emptied would be one long list.</summary>
internal sealed class FindingList
{
    private readonly List<LedgerFinding> _findings = [];

    public IReadOnlyList<LedgerFinding> All => _findings;

    public void Add(string table, long key, string what) => Add(table, key.ToString(CultureInfo.InvariantCulture), what);

    public void AddRange(IEnumerable<LedgerFinding> findings)
    {
        foreach (var finding in findings)
        {
            Add(finding);
        }
    }

    public void Add(string table, string key, string what) => Add(new LedgerFinding(table, key, what));

    public void Add(LedgerFinding finding)
    {
        if (_findings.Count < LedgerVerifier.MaxFindings)
        {
            _findings.Add(finding);
        }
    }
}
