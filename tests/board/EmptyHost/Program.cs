using System.Net.Sockets;
using Microsoft.Extensions.Hosting;

// A generic host with nothing in it, which tells systemd that it is ready: what any .NET service costs before it does anything.
using var host = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings()).Build();
await host.StartAsync();
if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 } name)
{
    using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    socket.SendTo("READY=1"u8, new UnixDomainSocketEndPoint(name[0] == '@' ? "\0" + name[1..] : name));
}

await host.WaitForShutdownAsync();
