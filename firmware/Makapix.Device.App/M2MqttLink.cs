using System;
using System.Net.Sockets;
using System.Text;
using Makapix.Device.Connection;
using Makapix.Device.Identity;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace Makapix.Device.App
{
    /// <summary>One session of nanoFramework.M2Mqtt. Its callbacks run on its own threads: they hand on what they are told, and return.</summary>
    internal sealed class M2MqttLink : IThreadedClient
    {
        private const int NotTold = -1;
        private const int GrantRefused = 0x80;

        private readonly M2MqttLinkFactory _factory;
        private MqttClient? _client;
        private ThreadedEvents? _events;
        private int _connack = NotTold;

        public M2MqttLink(M2MqttLinkFactory factory)
        {
            _factory = factory;
        }

        public bool IsConnected => _client != null && _client.IsConnected;

        public FailureCause Open(LinkSettings settings, ThreadedEvents events)
        {
            _events = events;
            DeviceIdentity identity = settings.Identity;
            NanoCertificates certificates;
            try
            {
                certificates = _factory.Certificates(settings);
            }
            catch (Exception)
            {
                return FailureCause.Identity;
            }

            try
            {
                // Resolves the name here, once. One TLS version, not a range: 1.2, whose refusals come in the handshake and are told.
                _client = new MqttClient(identity.BrokerHost, identity.BrokerPort, true, certificates.Root, certificates.Client, MqttSslProtocols.TLSv1_2);
            }
            catch (Exception)
            {
                return FailureCause.NoName;
            }

            Prepare(_client);
            return Connect(_client, settings);
        }

        public int Subscribe(string filter) =>
            Connected().Subscribe(new string[] { filter }, new MqttQoSLevel[] { MqttQoSLevel.AtLeastOnce });

        public int Publish(string topic, byte[] payload, bool retain) =>
            Connected().Publish(topic, payload, null, null, MqttQoSLevel.AtLeastOnce, retain);

        // Without Disconnect(), on purpose: DISCONNECT would make the broker drop the last will, by which the server learns that the player is gone.
        public void Close() => _client?.Close();

        private void Prepare(MqttClient client)
        {
            client.ProtocolVersion = MqttProtocolVersion.Version_3_1_1;
            client.ConnectionOpened += OnConnectionOpened;
            client.ConnectionClosed += OnConnectionClosed;
            client.MqttMsgPublishReceived += OnMessage;
            client.MqttMsgPublished += OnPublished;
            client.MqttMsgSubscribed += OnSubscribed;
        }

        private FailureCause Connect(MqttClient client, LinkSettings settings)
        {
            try
            {
                int code = (int)client.Connect(
                    settings.Identity.DeviceId,
                    null,
                    null,
                    false,
                    MqttQoSLevel.AtLeastOnce,
                    true,
                    settings.WillTopic,
                    Encoding.UTF8.GetString(settings.WillPayload, 0, settings.WillPayload.Length),
                    true,
                    LinkSettings.KeepAliveSeconds);
                return ConnackCause.Of(code);
            }
            catch (MqttConnectionException e)
            {
                return e.InnerException == null || e.InnerException is SocketException ? FailureCause.NoRoute : TlsFailure.CauseOf(e.InnerException);
            }
            catch (Exception)
            {
                // A refusal ends here in half of all cases; what the broker said was told to ConnectionOpened.
                return _connack > 0 ? ConnackCause.Of(_connack) : FailureCause.Closed;
            }
        }

        private MqttClient Connected() => _client != null && _client.IsConnected ? _client : throw new InvalidOperationException();

        private void OnConnectionOpened(object sender, ConnectionOpenedEventArgs e)
        {
            try
            {
                // As a number: the names of the codes are those of MQTT 5.
                _connack = (int)e.Message.ReturnCode;
            }
            catch (Exception)
            {
                // An exception here would lose the CONNACK for whoever waits for it.
            }
        }

        private void OnConnectionClosed(object sender, EventArgs e) => _events?.Closed();

        private void OnMessage(object sender, MqttMsgPublishEventArgs e)
        {
            try
            {
                _events?.Message(e.Topic, e.Message);
            }
            catch (Exception)
            {
                // Out of memory, at most: one that gets out of here closes the connection.
            }
        }

        private void OnPublished(object sender, MqttMsgPublishedEventArgs e) => _events?.Answer(e.MessageId, e.IsPublished);

        private void OnSubscribed(object sender, MqttMsgSubscribedEventArgs e) =>
            _events?.Answer(e.MessageId, e.GrantedQoSLevels.Length == 1 && (int)e.GrantedQoSLevels[0] < GrantRefused);
    }
}
