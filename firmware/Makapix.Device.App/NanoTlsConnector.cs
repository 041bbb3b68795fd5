using System;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Makapix.Device.Connection;
using Makapix.Device.Identity;

namespace Makapix.Device.App
{
    /// <summary>
    /// mbedTLS by way of nanoFramework's SslStream. CertificateRequired is the only setting that verifies at all (VerifyPeer does not), and the host name is
    /// checked because it is passed. The root is added to nanoFramework's own store, which <see cref="CertificateStore"/> has emptied.
    /// </summary>
    internal sealed class NanoTlsConnector : ITlsConnector
    {
        private X509Certificate? _root;
        private X509Certificate2? _client;

        public FailureCause Connect(DeviceIdentity identity, out ITlsStream? stream)
        {
            stream = null;
            if (!TryLoad(identity))
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
            catch (Exception)
            {
                socket?.Close();
                return FailureCause.NoRoute;
            }

            return Authenticate(identity.BrokerHost, socket, out stream);
        }

        private FailureCause Authenticate(string host, Socket socket, out ITlsStream? stream)
        {
            SslStream? tls = null;
            try
            {
                tls = new SslStream(socket);
                tls.SslVerification = SslVerification.CertificateRequired;

                // The handshake blocks without a time limit and stalls all of nanoCLR with it: nothing managed could end it.
                tls.AuthenticateAsClient(host, _client, _root, SslProtocols.Tls12 | SslProtocols.Tls13);
                stream = new NanoTlsStream(socket, tls);
                return FailureCause.None;
            }
            catch (Exception)
            {
                // An untrusted broker and any other failure look alike here: which exception it is depends on the firmware's age.
                tls?.Dispose();
                socket.Close();
                stream = null;
                return FailureCause.Tls;
            }
        }

        /// <summary>Once: mbedTLS parses the key and both certificates here.</summary>
        private bool TryLoad(DeviceIdentity identity)
        {
            try
            {
                _root ??= new X509Certificate(identity.RootDer);
                _client ??= new X509Certificate2(Pem.FromCertificates(identity.ChainDer), identity.PrivateKeyDer, "");
                return true;
            }
            catch (Exception)
            {
                return false;
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
            catch (Exception)
            {
                // Not found, no server, or no answer: all the same to us.
            }

            return false;
        }
    }
}
