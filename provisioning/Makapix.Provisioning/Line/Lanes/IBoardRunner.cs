using System.Threading;
using System.Threading.Tasks;

namespace Makapix.Provisioning.Line.Lanes;

/// <summary>Makes a device of the board at a port. The seam between the lanes and the line.</summary>
public interface IBoardRunner
{
    /// <summary>Whether this station can make devices now: asked while lanes wait, and before a board is taken.</summary>
    /// <exception cref="MakapixException">It cannot, and why: no more boards are taken.</exception>
    void RequireReady();

    /// <summary>Provisions one board; called for several ports at a time.</summary>
    /// <param name="port">Where it is.</param>
    /// <param name="progress">Is told how it goes.</param>
    /// <param name="cancel">Stops it; only a burn that has begun is waited for.</param>
    Task<ProvisionedDevice> RunAsync(string port, ILineProgress progress, CancellationToken cancel);
}
