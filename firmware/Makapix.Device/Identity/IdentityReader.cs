using System;

namespace Makapix.Device.Identity
{
    /// <summary>
    /// Decodes the 4096-byte identity blob: magic, version, length, fields in ascending order and none twice, CRC, filler. Strict to the
    /// last byte, since every device is written by a station of ours: whatever is not exactly what it writes is damage, or somebody else's work.
    /// </summary>
    public static class IdentityReader
    {
        /// <summary>Reads a blob. Never throws, whatever the bytes.</summary>
        public static IdentityReading Read(byte[] blob)
        {
            if (blob == null || blob.Length != IdentityLayout.Length)
            {
                return Damaged("it is not 4096 bytes long");
            }

            if (!IdentityLayout.HasMagic(blob))
            {
                return Damaged("it does not begin with its magic");
            }

            byte version = blob[IdentityLayout.VersionOffset];
            if (version == 0)
            {
                return IdentityLayout.IsFiller(blob, IdentityLayout.TlvLengthOffset)
                    ? new IdentityReading(IdentityState.Blank, null, "no station has written it yet")
                    : Damaged("it claims to be blank and is not");
            }

            if (version != 1)
            {
                return Damaged("its version is not known to this firmware");
            }

            int length = blob[IdentityLayout.TlvLengthOffset] | (blob[IdentityLayout.TlvLengthOffset + 1] << 8);
            if (length > IdentityLayout.MaxTlvLength)
            {
                return Damaged("its length exceeds the blob");
            }

            int end = IdentityLayout.TlvOffset + length;
            if (Crc32.Compute(blob, 0, end) != LittleEndian(blob, end))
            {
                return Damaged("its checksum does not match");
            }

            return IdentityLayout.IsFiller(blob, end + IdentityLayout.CrcLength) ? ReadFields(blob, end) : Damaged("bytes follow its checksum");
        }

        private static IdentityReading ReadFields(byte[] blob, int end)
        {
            IdentityFields fields = new IdentityFields();
            int previous = 0;
            for (int at = IdentityLayout.TlvOffset; at < end;)
            {
                if (end - at < 3)
                {
                    return Damaged("a field's head is cut short");
                }

                int type = blob[at];
                int length = blob[at + 1] | (blob[at + 2] << 8);
                at += 3;
                if (length > end - at)
                {
                    return Damaged("a field is longer than the blob");
                }

                bool inOrder = type == previous + 1 || (previous >= IdentityLayout.LastRequired && type > previous);
                if (!inOrder)
                {
                    return Damaged("a field is missing, out of order or there twice");
                }

                byte[] value = new byte[length];
                Array.Copy(blob, at, value, 0, length);
                if (!fields.Set(type, value))
                {
                    return Damaged("field " + type.ToString() + " has no valid value");
                }

                previous = type;
                at += length;
            }

            return previous < IdentityLayout.LastRequired ? Damaged("a field is missing") : Complete(fields);
        }

        private static IdentityReading Complete(IdentityFields fields)
        {
            if (fields.WifiSsid.Length == 0 && fields.WifiPassword.Length > 0)
            {
                return Damaged("it has a Wi-Fi password and no network");
            }

            long notAfter = CertificateDates.NotAfter(fields.ChainDer);
            return notAfter <= fields.IssuedAt
                ? Damaged("its certificate cannot be read, or had expired when it was issued")
                : new IdentityReading(IdentityState.Provisioned, new DeviceIdentity(fields, notAfter), "");
        }

        private static uint LittleEndian(byte[] data, int at) =>
            (uint)(data[at] | (data[at + 1] << 8) | (data[at + 2] << 16) | (data[at + 3] << 24));

        private static IdentityReading Damaged(string reason) => new IdentityReading(IdentityState.Damaged, null, reason);
    }
}
