namespace TaximeterAgent.Cli.Control.Status;

/// <summary>Where a watched status goes. Each writes as little as can be: nothing for a picture that is as it was.</summary>
internal interface IWatchOutput
{
    Task ShowAsync(Picture picture);

    /// <summary>Nothing more comes; what was changed of the terminal is put back.</summary>
    Task EndAsync();
}
