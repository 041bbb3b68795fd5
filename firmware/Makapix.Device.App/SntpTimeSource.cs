using System;
using System.Net;
using System.Net.Sockets;
using Makapix.Device.Connection;
using nanoFramework.Networking;
using nanoFramework.Runtime.Native;

namespace Makapix.Device.App
{
    /// <summary>
    /// SNTP by a socket of our own. nanoCLR's client starts whenever the network gives an address, and sets the clock to whatever it is told, before anybody
    /// could judge it, and again every hour: it is stopped before each question, and before the clock is set for TLS.
    /// </summary>
    internal sealed class SntpTimeSource : ITimeSource
    {
        private const int Port = 123;
        private const int TimeoutMs = 3000;

        private readonly string[] _servers = new string[] { "pool.ntp.org", "time.google.com", "time.cloudflare.com" };
        private readonly IRandomSource _random;

        public SntpTimeSource(IRandomSource random)
        {
            _random = random;
        }

        public int ServerCount => _servers.Length;

        public long Ask(int server)
        {
            Socket? socket = null;
            try
            {
                Sntp.Stop();
                SntpExchange exchange = new SntpExchange(_random);
                socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                socket.Connect(new IPEndPoint(Dns.GetHostEntry(_servers[server]).AddressList[0], Port));
                socket.SendTimeout = TimeoutMs;
                socket.ReceiveTimeout = TimeoutMs;
                socket.Send(exchange.Request);
                byte[] answer = new byte[SntpExchange.Length];
                return exchange.Read(answer, socket.Receive(answer));
            }
            catch (Exception)
            {
                return 0;
            }
            finally
            {
                socket?.Close();
            }
        }

        public void SetClock(long unixSeconds)
        {
            Sntp.Stop();
            Rtc.SetSystemTime(DateTime.FromUnixTimeSeconds(unixSeconds));
        }
    }
}
