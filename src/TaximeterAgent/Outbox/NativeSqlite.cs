using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace TaximeterAgent.Outbox;

/// <summary>
/// Points SQLitePCLRaw at the system's own libsqlite3, which the distribution keeps patched; the library that comes as a package is years old.
/// </summary>
internal static class NativeSqlite
{
    private const string NameInTheProvider = "e_sqlite3";
    private const string NameOnTheSystem = "libsqlite3.so.0";

    // A process has one provider, and a resolver may be set once: hence once for the process, whoever comes first.
    private static readonly Lazy<bool> s_ready = new(Prepare);

    /// <exception cref="DllNotFoundException">The system has no libsqlite3.</exception>
    public static void Use() => _ = s_ready.Value;

    /// <summary>The system's SQLite, such as <c>3.40.1</c>.</summary>
    /// <exception cref="DllNotFoundException">The system has no libsqlite3.</exception>
    public static string Version
    {
        get
        {
            Use();
            return raw.sqlite3_libversion().utf8_to_string();
        }
    }

    private static bool Prepare()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        raw.FreezeProvider();
        return true;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == NameInTheProvider ? NativeLibrary.Load(NameOnTheSystem) : 0;
}
