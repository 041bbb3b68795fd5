using System;
using System.Net.Sockets;
using System.Reflection;
using Makapix.Device.Connection;

namespace Makapix.Device.App
{
    /// <summary>
    /// Reads mbedTLS's number from what a handshake threw. Firmware from 2026-07 throws a CryptographicException that has it in this field; older firmware
    /// throws a SocketException, whose field has the same name and, where the number is positive, a socket's error in it and no flags. By reflection, so that one App
    /// runs on both: a type that a firmware lacks keeps the whole assembly from loading.
    /// </summary>
    internal static class TlsFailure
    {
        private const string Field = "_errorCode";

        public static FailureCause CauseOf(Exception failure)
        {
            try
            {
                FieldInfo? field = failure.GetType().GetField(Field, BindingFlags.Instance | BindingFlags.NonPublic);
                return field != null && field.GetValue(failure) is int code && (code < 0 || failure is not SocketException) ? MbedTlsCause.Of(code) : FailureCause.Tls;
            }
            catch (Exception)
            {
                return FailureCause.Tls;
            }
        }
    }
}
