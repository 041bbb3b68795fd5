using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Broker.Up;

/// <summary>What the front's exporter says, in Prometheus' text format.</summary>
internal sealed class FrontFigures
{
    private const int MaxBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, double> _values;

    private FrontFigures(Dictionary<string, double> values) => _values = values;

    /// <returns>Null if nobody answers as an exporter does.</returns>
    public static async Task<FrontFigures?> ReadAsync(int port, CancellationToken cancel)
    {
        using var http = new HttpClient { Timeout = Limit, MaxResponseContentBufferSize = MaxBytes };
        try
        {
            return Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"), cancel));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Lines of <c>name{labels} value</c>; what is none is passed over.</summary>
    public static FrontFigures Parse(string text)
    {
        var values = new Dictionary<string, double>();
        foreach (var line in text.Split('\n').Where(line => !line.StartsWith('#')))
        {
            if (line.LastIndexOf(' ') is > 0 and var blank && double.TryParse(line.AsSpan(blank + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                values[line[..blank]] = value;
            }
        }

        return new FrontFigures(values);
    }

    public long? Frontend(string name) => Value($"haproxy_frontend_{name}{{proxy=\"players\"}}");

    public long? Server(string name, string server) => Value($"haproxy_server_{name}{{proxy=\"brokers\",server=\"{server}\"}}");

    public bool? IsUp(string server) => Value($"haproxy_server_status{{proxy=\"brokers\",server=\"{server}\",state=\"UP\"}}") is { } up ? up != 0 : null;

    private long? Value(string key) => _values.TryGetValue(key, out var value) && double.IsFinite(value) ? (long)value : null;
}
