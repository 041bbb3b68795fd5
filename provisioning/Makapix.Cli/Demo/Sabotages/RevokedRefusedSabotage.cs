namespace Makapix.Cli.Demo.Sabotages;

internal sealed class RevokedRefusedSabotage : Sabotage
{
    public override string Check => "revoked-refused";

    public override string What => "the CRL is not published to the broker";

    public override void PublishRevocations(DemoWorld world)
    {
    }
}
