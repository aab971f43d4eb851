namespace TaximeterAgent.Tests.Support;

/// <summary>A test that makes files of another group and is somebody else for a moment; skipped with the reason for whoever may not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
            Skip = "only root can give a file to a group and act as another user";
    }
}
