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

        public FailureCause EndedBy => FailureCause.Closed;

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
                return e.ErrorCode == (int)SocketError.TimedOut ? 0 : -1;
            }
            catch (Exception)
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
            catch (Exception)
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
