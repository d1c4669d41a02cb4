using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Journey.Dashboard.Parts;

/// <summary>The few things only the browser itself can do; everything of it is in <c>js/journey.js</c>.</summary>
public sealed class Browser(IJSRuntime js) : IAsyncDisposable
{
    private readonly TaskCompletionSource<IJSObjectReference> _module = new();
    private DotNetObjectReference<Browser>? _self;
    private bool _starting;

    /// <summary>A key was pressed outside of any field or dialog. The second value is the id of the row the focus is in, if it is in one.</summary>
    public event Action<string, string?>? KeyPressed;

    public event Action<bool>? VisibleChanged;

    public event Action? BackOnline;

    /// <summary>Somebody did something, here or in another tab of this browser; said every few seconds at most.</summary>
    public event Action? Active;

    public async Task Start()
    {
        if (_starting) return;
        _starting = true;
        _self = DotNetObjectReference.Create(this);
        var loaded = await js.InvokeAsync<IJSObjectReference>("import", "./js/journey.js");
        await loaded.InvokeVoidAsync("start", _self);
        _module.SetResult(loaded);
    }

    [JSInvokable]
    public void OnKey(string key, string? row) => KeyPressed?.Invoke(key, row);

    [JSInvokable]
    public void OnVisible(bool visible) => VisibleChanged?.Invoke(visible);

    [JSInvokable]
    public void OnOnline() => BackOnline?.Invoke();

    [JSInvokable]
    public void OnActive() => Active?.Invoke();

    public async Task<string?> Read(string name) => await (await _module.Task).InvokeAsync<string?>("read", name);

    public async Task Store(string name, string? value) => await (await _module.Task).InvokeVoidAsync("keep", name, value);

    /// <summary>Whether letters are shortcuts.</summary>
    public async Task SetLetterKeys(bool on) => await (await _module.Task).InvokeVoidAsync("setLetterKeys", on);

    public async Task SetLive(bool live) => await (await _module.Task).InvokeVoidAsync("setLive", live);

    public async Task<string> Theme() => await (await _module.Task).InvokeAsync<string>("theme");

    public async Task SetTheme(string theme) => await (await _module.Task).InvokeVoidAsync("setTheme", theme);

    /// <summary>Focuses the element with this id, or the other where the page has no such one.</summary>
    public async Task Focus(string id, string? otherwise = null) => await (await _module.Task).InvokeVoidAsync("focus", id, otherwise);

    /// <summary>The element that had the focus may have gone with what was shown before; whoever moved it elsewhere keeps it there.</summary>
    public async Task FocusIfNowhere(string id) => await (await _module.Task).InvokeVoidAsync("focusIfNowhere", id);

    public async Task Open(ElementReference dialog) => await (await _module.Task).InvokeVoidAsync("open", dialog);

    public async Task Close(ElementReference dialog) => await (await _module.Task).InvokeVoidAsync("close", dialog);

    /// <summary>False where the browser does not allow it.</summary>
    public async Task<bool> Copy(string text) => await (await _module.Task).InvokeAsync<bool>("copy", text);

    /// <summary>Asked for by a tap, as browsers want it: from now on a tone may sound.</summary>
    public async Task AllowTone() => await (await _module.Task).InvokeVoidAsync("allowTone");

    /// <summary>Two soft notes. False where none could sound.</summary>
    public async Task<bool> Tone() => await (await _module.Task).InvokeAsync<bool>("tone");

    public async Task Print() => await (await _module.Task).InvokeVoidAsync("print");

    public async ValueTask DisposeAsync()
    {
        if (_module.Task.IsCompletedSuccessfully) await (await _module.Task).DisposeAsync();
        _self?.Dispose();
    }
}
