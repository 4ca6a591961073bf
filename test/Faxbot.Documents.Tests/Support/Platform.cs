using System.Runtime.Versioning;

// Renderers are confined by Linux's means, and the tests' stand-ins for them are shell scripts.
[assembly: SupportedOSPlatform("linux")]
