using System.Net;
using System.Net.Sockets;

namespace DdocCost.Benchmarks.Faults;

/// <summary>A network between two parties that can be cut: connections are torn down, or bytes vanish in it as when a cable is pulled.</summary>
/// <param name="target">Port on loopback that it leads to.</param>
internal sealed class CutLine(int target) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<Socket> _open = [];
    private TcpListener? _listener;
    private Task _serving = Task.CompletedTask;

    /// <summary>Port on loopback to connect to.</summary>
    public int Port { get; private set; }

    /// <summary>How it is at this moment.</summary>
    public LineState State { get; private set; }

    /// <summary>Opens it.</summary>
    public void Start()
    {
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = ServeAsync();
    }

    /// <summary>Changes how it is. Whatever is open is torn down when it is cut, and when a pulled cable is back.</summary>
    public void Become(LineState state)
    {
        lock (_open)
        {
            if (state == LineState.Cut || State == LineState.Silent)
            {
                foreach (var socket in _open)
                {
                    socket.Close(0); // a reset, not an orderly end
                }

                _open.Clear();
            }

            State = state;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener?.Stop();
        Become(LineState.Cut);
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            var near = await _listener!.AcceptSocketAsync(_stop.Token);
            _ = ConnectAsync(near);
        }
    }

    private async Task ConnectAsync(Socket near)
    {
        var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            lock (_open)
            {
                if (State == LineState.Cut)
                {
                    near.Close(0);
                    return;
                }

                _open.Add(near);
                _open.Add(far);
            }

            await far.ConnectAsync(new IPEndPoint(IPAddress.Loopback, target), _stop.Token);
            await Task.WhenAny(PassAsync(near, far), PassAsync(far, near));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One of both hung up, or the line was cut.
        }
        finally
        {
            lock (_open)
            {
                _open.Remove(near);
                _open.Remove(far);
            }

            near.Close(0);
            far.Close(0);
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _stop.Token) is var count and > 0)
            {
                if (State != LineState.Silent)
                {
                    await to.SendAsync(buffer.AsMemory(0, count), _stop.Token);
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The same.
        }
    }
}

/// <summary>How a line is.</summary>
internal enum LineState
{
    /// <summary>What comes in goes out.</summary>
    Up,

    /// <summary>Nothing can connect, and what was connected is torn down.</summary>
    Cut,

    /// <summary>Connections stand, and nothing goes through.</summary>
    Silent,
}
