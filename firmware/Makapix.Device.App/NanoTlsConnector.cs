using System;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Makapix.Device.Connection;
using Makapix.Device.Identity;

namespace Makapix.Device.App
{
    /// <summary>
    /// mbedTLS by way of nanoFramework's SslStream. CertificateRequired is the only setting that verifies at all (VerifyPeer does not), and the host name is
    /// checked because it is passed. The root is added to nanoFramework's own store, which <see cref="PlatformTrust"/> has emptied.
    /// </summary>
    internal sealed class NanoTlsConnector : ITlsConnector
    {
        // lwIP's own numbers (lwip/sockets.h), which nanoCLR passes on: its enum has no names for them. In seconds, and how often.
        private const SocketOptionName KeepIdle = (SocketOptionName)3, KeepInterval = (SocketOptionName)4, KeepCount = (SocketOptionName)5;
        private const int IdleSeconds = 15;
        private const int IntervalSeconds = 10;
        private const int Probes = 3;

        private NanoCertificates? _certificates;

        public FailureCause Connect(DeviceIdentity identity, out ITlsStream? stream)
        {
            stream = null;
            try
            {
                _certificates ??= new NanoCertificates(identity);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                return FailureCause.Identity;
            }

            if (!TryResolve(identity.BrokerHost, out IPAddress? address))
            {
                return FailureCause.NoName;
            }

            Socket? socket = null;
            try
            {
                socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Connect(new IPEndPoint(address, identity.BrokerPort));
                KeepAlive(socket);
            }
            catch (Exception e)
            {
                socket?.Close();
                if (e is OutOfMemoryException)
                {
                    throw;
                }

                return FailureCause.NoRoute;
            }

            return Authenticate(identity.BrokerHost, _certificates, socket, out stream);
        }

        /// <summary>
        /// Half-open TCP in the middle of a handshake would hold all of nanoCLR until somebody pulls the plug: no read of mbedTLS gives up, but lwIP, which has a
        /// thread of its own, can end the connection under it.
        /// </summary>
        private static void KeepAlive(Socket socket)
        {
            try
            {
                socket.SetSocketOption(SocketOptionLevel.Tcp, KeepIdle, IdleSeconds);
                socket.SetSocketOption(SocketOptionLevel.Tcp, KeepInterval, IntervalSeconds);
                socket.SetSocketOption(SocketOptionLevel.Tcp, KeepCount, Probes);
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            }
            catch (SocketException)
            {
                // A stack that was built without them connects all the same.
            }
        }

        private static FailureCause Authenticate(string host, NanoCertificates certificates, Socket socket, out ITlsStream? stream)
        {
            SslStream? tls = null;
            try
            {
                tls = new SslStream(socket);
                tls.SslVerification = SslVerification.CertificateRequired;

                // The handshake blocks without a time limit and stalls all of nanoCLR with it: nothing managed could end it, the supervisor's thread included. A
                // peer that is gone KeepAlive ends; one that is there and says nothing, only the hardened nanoCLR's watchdog.
                tls.AuthenticateAsClient(host, certificates.Client, certificates.Root, SslProtocols.Tls12 | SslProtocols.Tls13);
                stream = new NanoTlsStream(socket, tls);
                return FailureCause.None;
            }
            catch (Exception e)
            {
                tls?.Dispose();
                socket.Close();
                if (e is OutOfMemoryException)
                {
                    throw;
                }

                stream = null;
                return TlsFailure.CauseOf(e);
            }
        }

        private static bool TryResolve(string host, out IPAddress? address)
        {
            address = null;
            try
            {
                foreach (IPAddress candidate in Dns.GetHostEntry(host).AddressList)
                {
                    if (candidate.AddressFamily == AddressFamily.InterNetwork)
                    {
                        address = candidate;
                        return true;
                    }
                }
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // Not found, no server, or no answer: all the same to us.
            }

            return false;
        }
    }
}
