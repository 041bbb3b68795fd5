using System;
using System.Net.Security;
using System.Net.Sockets;
using Makapix.Device.Connection;

namespace Makapix.Device.App
{
    /// <summary>An established SslStream. It reads as many bytes as there are, and says by exception that there were none in time.</summary>
    internal sealed class NanoTlsStream : ITlsStream
    {
        private const int SendTimeoutMs = 10000;

        private readonly Socket _socket;
        private readonly SslStream _tls;

        public NanoTlsStream(Socket socket, SslStream tls)
        {
            _socket = socket;
            _tls = tls;
            _socket.SendTimeout = SendTimeoutMs;
        }

        public FailureCause EndedBy { get; private set; } = FailureCause.Closed;

        public int Read(byte[] buffer, int timeoutMs)
        {
            try
            {
                // 0 would wait for ever.
                _socket.ReceiveTimeout = timeoutMs < 1 ? 1 : timeoutMs;
                int count = _tls.Read(buffer, 0, buffer.Length);
                return count > 0 ? count : -1;
            }
            catch (SocketException e)
            {
                if (e.ErrorCode == (int)SocketError.TimedOut)
                {
                    return 0;
                }

                // An end, by close_notify or FIN, is no exception but 0 bytes. This is a fatal alert, as of a TLS 1.3 broker that refuses our certificate, or a reset.
                EndedBy = FailureCause.Tls;
                return -1;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                return -1;
            }
        }

        public bool Write(byte[] buffer, int offset, int count)
        {
            try
            {
                // A write that fails inside mbedTLS is not reported; the next read is.
                _tls.Write(buffer, offset, count);
                return true;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                return false;
            }
        }

        public void Close()
        {
            try
            {
                _tls.Dispose();
                _socket.Close();
            }
            catch (Exception)
            {
                // It was gone already.
            }
        }
    }
}
