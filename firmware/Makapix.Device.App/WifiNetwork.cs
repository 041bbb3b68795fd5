using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using Makapix.Device.Connection;

namespace Makapix.Device.App
{
    /// <summary>
    /// Wi-Fi by WifiAdapter. Not by WifiNetworkHelper: that stores the password in a file on I:, and would let any clock past 2021 count as the time. Either
    /// way ESP-IDF's driver keeps it in NVS, in plaintext, unless nanoCLR was built with CONFIG_ESP_WIFI_NVS_ENABLED=n, as the hardened one is.
    /// </summary>
    internal sealed class WifiNetwork : INetwork
    {
        private const int AddressTries = 100;
        private const int AddressPollMs = 200;

        private WifiAdapter? _adapter;

        public bool TryJoin(string ssid, string password)
        {
            try
            {
                return HasAddress() || ((ssid.Length == 0 || Associate(ssid, password)) && AwaitAddress());
            }
            catch (Exception)
            {
                return false;
            }
        }

        private bool Associate(string ssid, string password)
        {
            _adapter ??= WifiAdapter.FindAllAdapters()[0];

            // nanoCLR reads this argument as flags: Automatic is 0, and Manual is the 1 that means "save to flash" (Target_Network.cpp).
            return _adapter.Connect(ssid, WifiReconnectionKind.Automatic, password).ConnectionStatus == WifiConnectionStatus.Success;
        }

        private static bool AwaitAddress()
        {
            for (int i = 0; i < AddressTries; i++)
            {
                if (HasAddress())
                {
                    return true;
                }

                Thread.Sleep(AddressPollMs);
            }

            return false;
        }

        private static bool HasAddress()
        {
            foreach (NetworkInterface each in NetworkInterface.GetAllNetworkInterfaces())
            {
                // An access point has the address that is in its configuration, whether it runs or not.
                string address = each.IPv4Address;
                if (each.NetworkInterfaceType != NetworkInterfaceType.WirelessAP && !string.IsNullOrEmpty(address) && address[0] != '0')
                {
                    return true;
                }
            }

            return false;
        }
    }
}
