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

        private static FailureCause Authenticate(string host, NanoCertificates certificates, Socket socket, out ITlsStream? stream)
        {
            SslStream? tls = null;
            try
            {
                tls = new SslStream(socket);
                tls.SslVerification = SslVerification.CertificateRequired;

                // The handshake blocks without a time limit and stalls all of nanoCLR with it: nothing managed could end it, the supervisor's thread included.
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
