using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Tests.Support;
using AgentProcess = TaximeterAgent.Tests.Cli.AgentProcess;

namespace TaximeterAgent.Tests.Security.Tls;

/// <summary>A server that speaks one version of TLS and no other; and a configuration of OpenSSL with which a client would speak the oldest.</summary>
internal sealed class OldServer : IDisposable
{
    private readonly TestFiles _files = new();
    private readonly AgentProcess _process;

    /// <param name="version">As <c>openssl s_server</c> has it: <c>tls1</c>, <c>tls1_1</c>, <c>tls1_2</c>.</param>
    /// <param name="certificate">What it shows.</param>
    public OldServer(string version, X509Certificate2 certificate)
    {
        File.WriteAllText(_files.Path("cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(_files.Path("key.pem"), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Anything, "openssl_conf = all\n[all]\nssl_conf = tls\n[tls]\nsystem_default = old\n[old]\nMinProtocol = TLSv1\nCipherString = ALL:@SECLEVEL=0\n");
        Port = LoopbackPorts.Free();
        // Its words go to a file: a pipe that nobody reads would fill.
        _process = AgentProcess.StartCommand("sh", ["-c",
            $"exec openssl s_server -accept 127.0.0.1:{Port} -cert {_files.Path("cert.pem")} -key {_files.Path("key.pem")} -{version} -cipher ALL:@SECLEVEL=0 >{_files.Path("said")} 2>&1 </dev/zero"]);
    }

    public int Port { get; }

    /// <summary>For <c>OPENSSL_CONF</c>: nothing is too old.</summary>
    public string Anything => _files.Path("openssl.cnf");

    /// <summary>What came over TLS, and why a handshake failed.</summary>
    public string Said => File.Exists(_files.Path("said")) ? File.ReadAllText(_files.Path("said")) : "";

    public async Task ReadyAsync()
    {
        for (var turn = 0; ; turn++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", Port);
                return;
            }
            catch (SocketException) when (turn < 600)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>True if a client that takes anything shakes hands with it.</summary>
    public async Task<bool> IsSpokenToAsync()
    {
        using var client = AgentProcess.StartCommand("sh", ["-c", $"openssl s_client -connect 127.0.0.1:{Port} </dev/null"], new Dictionary<string, string> { ["OPENSSL_CONF"] = Anything });
        var (_, output, _) = await client.EndAsync();
        return output.Contains("Cipher is", StringComparison.Ordinal) && !output.Contains("Cipher is (NONE)", StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _process.Dispose();
        _files.Dispose();
    }
}
