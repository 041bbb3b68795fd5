using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;

namespace Makapix.Cli.Demo.Sabotages;

internal sealed class ImpostorBrokerRefusedSabotage : Sabotage
{
    public override string Check => "impostor-broker-refused";

    public override string What => "the services CA issued a certificate for the broker's very name to somebody else";

    public override IEnumerable<(string What, X509Certificate2 Leaf)> Impostors(Impostors impostors) => [("of our own CA, right in everything", impostors.Genuine())];
}
