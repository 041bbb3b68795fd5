using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Makapix.Testing;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Provisioning.Tests.Broker.Kit;

/// <summary>
/// A machine with a kit's packet filter, and another on the same wire: two network namespaces, which whoever runs this may have of his own. The first has 198.51.100.1, 2001:db8:9::1
/// and listens on 8883 and 8884; the second has whatever address it says it has.
/// </summary>
internal static class TwoMachines
{
    private const string Script = """
        set -eu
        ip link set lo up
        unshare --net sleep 120 & other=$!
        /usr/bin/python3 "$2" listen & listener=$!
        trap 'kill $other $listener' EXIT
        until [ "$(readlink /proc/$other/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do :; done
        ip link add wire type veth peer name wire netns $other
        ip address add 198.51.100.1/24 dev wire
        ip address add 2001:db8:9::1/64 dev wire nodad
        ip link set wire up
        ip route add 192.0.2.0/24 dev wire
        ip route add 203.0.113.0/24 dev wire
        ip route add 10.77.0.0/24 dev wire
        there() { nsenter --net=/proc/$other/ns/net "$@"; }
        there ip link set wire up
        there ip address add 198.51.100.7/24 dev wire
        there ip address add 2001:db8:9::7/64 dev wire nodad
        for address in 198.51.100.8 192.0.2.9 203.0.113.9 10.77.0.2; do there ip address add $address/32 dev wire; done
        nft -f "$1"
        # Until it listens on both: 8883 and 8884, as the kernel writes them.
        until [ "$(grep -c ':22B[34] .* 0A ' /proc/net/tcp6)" = 2 ]; do kill -0 $listener; done
        shift 2
        for words; do there /usr/bin/python3 $words; done
        """;

    // Who is refused is dropped, and waits: a second is long on a wire that no packet gets lost on.
    private const string Peer = """
        import socket, sys, threading, time
        def take(connection):
            while connection.recv(65536):
                pass
            connection.close()
        def serve(port):
            server = socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True)
            while True:
                threading.Thread(target=take, args=(server.accept()[0],), daemon=True).start()
        if sys.argv[1] == "listen":
            threading.Thread(target=serve, args=(8884,), daemon=True).start()
            serve(8883)
        source, port, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
        try:
            to = socket.create_connection(("2001:db8:9::1" if ":" in source else "198.51.100.1", port), 1, (source, 0))
        except TimeoutError:
            print("dropped")
        else:
            to.settimeout(60)
            begun = time.monotonic()
            to.sendall(bytes(size))
            to.shutdown(socket.SHUT_WR)
            to.recv(1)
            print(time.monotonic() - begun)
        """;

    /// <summary>Connects from the second machine to the first and sends something, one after another.</summary>
    /// <param name="bench">Its kit has been written.</param>
    /// <param name="attempts">From which address, to which port, how many bytes.</param>
    /// <returns>Of each, how long it took until all had arrived; null if it was not let in.</returns>
    public static async Task<IReadOnlyList<TimeSpan?>> SendAsync(KitBench bench, params (string Source, int Port, int Bytes)[] attempts)
    {
        using var scratch = new Scratch();
        var peer = scratch.Write("peer.py", Peer);
        string[] words = [.. attempts.Select(one => string.Create(CultureInfo.InvariantCulture, $"{peer} {one.Source} {one.Port} {one.Bytes}"))];
        var (exit, text) = await KitTool.RunAsync("unshare", ["--map-root-user", "--net", "bash", scratch.Write("machines", Script), System.IO.Path.Combine(bench.Out, "makapix-broker.nft"), peer, .. words]);
        Assert.AreEqual(0, exit, text);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line == "dropped" ? (TimeSpan?)null : TimeSpan.FromSeconds(double.Parse(line, CultureInfo.InvariantCulture)))];
    }
}
