using System.Net;
using Faxbot.Documents;
using Faxbot.Sdk.Faxes;
using Faxbot.Server.Configuration;
using Faxbot.Testing;

namespace Faxbot.Server.Tests.Configuration;

public sealed class GatewayOptionsReaderTests
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    [Fact]
    public void Credentials_of_feeds_stand_in_the_file_or_in_files_of_their_own_and_are_not_shown()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.Of("key"), "https://b.example/index.json X-Key: s3cret\n");
        var reading = Read($$"""
            { "plugins": { "sources": ["https://a.example/index.json", "https://b.example/index.json"],
                           "feed_credentials": ["https://a.example/index.json me:s3cret", "@file:{{folder.Of("key")}}"] } }
            """);

        Assert.Equal(["Authorization", "X-Key"], reading.Options!.Plugins.FeedCredentials.Select(credentials => credentials.Header));
        Assert.Equal("https://a.example/index.json, https://b.example/index.json", reading.Settings.Single(setting => setting.Key == "plugins.feed_credentials").Value);
    }

    [Theory]
    [InlineData("https://c.example/index.json me:s3cret", "https://c.example/index.json is not in plugins.sources: list it there too, or write it as it stands there.")]
    [InlineData("http://a.example/index.json me:s3cret", "What is set is not the address of a feed, https or of this machine, and behind a blank USER:PASSWORD or HEADER: VALUE.")]
    public void Credentials_of_a_feed_that_is_not_there_or_not_safe_are_a_mistake(string credentials, string message)
    {
        var reading = Read($$"""{ "plugins": { "sources": ["https://a.example/index.json"], "feed_credentials": ["{{credentials}}"] } }""");

        Assert.Equal($"plugins.feed_credentials: {message}", Assert.Single(reading.Problems).ToString());
    }

    [Fact]
    public void Nothing_needs_to_be_configured()
    {
        var reading = Read(null);

        Assert.Empty(reading.Problems);
        Assert.Empty(reading.Warnings);
        Assert.Equal("/srv/me/.local/share/faxbot", reading.Options!.DataFolder);
        Assert.Equal("/srv/me/.local/share/faxbot/faxbot.db", reading.Options.Database.Sqlite);
        Assert.Equal("/srv/me/.local/share/faxbot/content", reading.Options.Storage.Folder);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 8080), reading.Options.Listen);
        Assert.All(reading.Settings, setting => Assert.Equal(SettingOrigin.Default, setting.Origin));
    }

    [Fact]
    public void The_file_has_comments_trailing_commas_and_sections()
    {
        var options = Read(
            """
            {
              // Everybody may call.
              "listen": "0.0.0.0:80",
              "data_folder": "/var/lib/faxbot", /* here */
              "public_address": "https://fax.example.com",
              "sip": { "bind": "[::]:5061", "public_address": "203.0.113.7", "media_ports": "20000-20999" },
              "fax": { "header": "Ward 7", "default_country": "de", "quality": "superfine", "paper": "letter" },
              "documents": { "max_size": "25 MB", "max_pages": 20, "max_time": "00:01:30" },
              "retry": { "busy": "90s", "no_answer": "2h", "resume_partial": false, },
              "quiet_hours": { "from": "22:00", "until": "06:30", "prefixes": ["+49", "+4312"], "time_zone": "Europe/Berlin" },
              "retention": { "inbound": "30d" },
              "plugins": { "sources": ["{data_folder}/feed", "https://feed.example.com/v3/index.json"] },
              "log": { "level": "warning", "format": "json" },
              "proxies": { "trusted": ["10.0.0.0/8", "fd00::/8"] },
            }
            """).Options!;

        Assert.Equal(("0.0.0.0:80", "/var/lib/faxbot/keys.json", "https://fax.example.com/"), (options.Listen.ToString(), options.Storage.KeyRing, options.PublicAddress!.ToString()));
        Assert.Equal(new PortRange(20000, 20999), options.Sip.MediaPorts);
        Assert.Equal(
            new FaxingOptions { Header = new HeaderChoice(true, "Ward 7"), DefaultCountry = new CountryCode("DE"), Quality = PageQuality.Superfine, Paper = PaperSize.Letter },
            options.Fax);
        Assert.Equal(new DocumentOptions { MaxSize = OctetCount.Megabytes(25), MaxPages = 20, MaxTime = TimeSpan.FromSeconds(90) }, options.Documents);
        Assert.Equal(new RetryOptions { Busy = TimeSpan.FromSeconds(90), NoAnswer = TimeSpan.FromHours(2), ResumePartial = false }, options.Retry);
        Assert.Equal((new TimeOnly(22, 0), new TimeOnly(6, 30), "Europe/Berlin"), (options.QuietHours.From, options.QuietHours.Until, options.QuietHours.TimeZone.Id));
        Assert.Equal([new NumberPrefix("+49"), new NumberPrefix("+4312")], options.QuietHours.Prefixes);
        Assert.Equal(TimeSpan.FromDays(30), options.Retention.Inbound);
        Assert.Equal(["/var/lib/faxbot/feed", "https://feed.example.com/v3/index.json"], options.Plugins.Sources);
        Assert.Equal(2, options.Proxies.Trusted.Count);
    }

    [Fact]
    public void A_variable_goes_before_the_file_and_the_file_before_the_default()
    {
        const string File = """{ "retry": { "busy": "4m", "quality": "4m" }, "proxies": { "trusted": ["10.0.0.0/8"] } }""";

        var reading = Read(File, ("FAXBOT_RETRY_BUSY", "5m"), ("FAXBOT_PROXIES_TRUSTED", "192.168.0.0/16, 172.16.0.0/12"));

        Assert.Equal(new RetryOptions { Busy = TimeSpan.FromMinutes(5), Quality = TimeSpan.FromMinutes(4) }, reading.Options!.Retry);
        Assert.Equal(
            [("retry.busy", "5m", SettingOrigin.Environment), ("retry.no_answer", "5m", SettingOrigin.Default), ("retry.quality", "4m", SettingOrigin.File)],
            reading.Settings.Where(setting => setting.Key.StartsWith("retry.", StringComparison.Ordinal)).Take(3).Select(setting => (setting.Key, setting.Value!, setting.Origin)));
        Assert.Equal("192.168.0.0/16, 172.16.0.0/12", reading.Settings.Single(setting => setting.Key == "proxies.trusted").Value);
    }

    [Theory]
    [InlineData("""{ "listen": "8080" }""", "listen", "address and port")]
    [InlineData("""{ "listen": "::1" }""", "listen", "address and port")]
    [InlineData("""{ "quiet_hours": { "from": "22:00", "until": "06:00", "prefixes": ["49"] } }""", "quiet_hours.prefixes", "such as +49")]
    [InlineData("""{ "quiet_hours": { "prefixes": ["+49"] } }""", "quiet_hours.prefixes", "set from and until too")]
    [InlineData("""{ "retry": { "busy": "5 minutes" } }""", "retry.busy", "5m")]
    [InlineData("""{ "retry": { "busy": 90 } }""", "retry.busy", "90s")]
    [InlineData("""{ "retention": { "jobs": "99999999d" } }""", "retention.jobs", "30d")]
    [InlineData("""{ "retry": { "max_calls_per_fax": 0 } }""", "retry.max_calls_per_fax", "from 1 to 100")]
    [InlineData("""{ "documents": { "max_size": "10" } }""", "documents.max_size", "10MB")]
    [InlineData("""{ "documents": { "max_time": "0s" } }""", "documents.max_time", "at least 1")]
    [InlineData("""{ "fax": { "quality": "best" } }""", "fax.quality", "fine, standard, superfine")]
    [InlineData("""{ "fax": { "default_country": "Germany" } }""", "fax.default_country", "two letters")]
    [InlineData("""{ "quiet_hours": { "time_zone": "Mars" } }""", "quiet_hours.time_zone", "Europe/Berlin")]
    [InlineData("""{ "quiet_hours": { "from": "22:00" } }""", "quiet_hours.until", "both")]
    [InlineData("""{ "quiet_hours": { "from": "22:00", "until": "22:00" } }""", "quiet_hours.until", "begin")]
    [InlineData("""{ "sip": { "media_ports": "20999-20000" } }""", "sip.media_ports", "two ports")]
    [InlineData("""{ "metrics": { "enabled": "yes" } }""", "metrics.enabled", "true or false")]
    [InlineData("""{ "public_address": "ftp://fax.example.com" }""", "public_address", "https://")]
    [InlineData("""{ "database": "mysql://host/db" }""", "database", "postgresql://")]
    [InlineData("""{ "data_folder": "" }""", "data_folder", "a text")]
    [InlineData("""{ "listen": ["127.0.0.1:1", "127.0.0.1:2"] }""", "listen", "not a list")]
    [InlineData("""{ "listen": null }""", "listen", "no value")]
    [InlineData("""{ "listen": {} }""", "listen", "not a section")]
    [InlineData("""{ "sip": "0.0.0.0:5060" }""", "sip", "section")]
    [InlineData("""{ "sip": { "bnid": "0.0.0.0:5060" } }""", "sip.bnid", "sip.bind")]
    [InlineData("""{ "bind": "0.0.0.0:5060" }""", "bind", "sip.bind")]
    [InlineData("""{ "retrys": {} }""", "retrys", "retry")]
    [InlineData("""{ "colour_of_the_sky": "blue" }""", "colour_of_the_sky", "Take it out")]
    [InlineData("""{ "listen": "127.0.0.1:1" "log": {} }""", "faxbot.json, line 1, column 27", "comma")]
    [InlineData("""{ "listen": "127.0.0.1:1", "listen": "127.0.0.1:2" }""", "faxbot.json", "twice")]
    [InlineData("""[]""", "faxbot.json", "object")]
    [InlineData("""{ "storage": { "previous_key": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=" } }""", "storage.previous_key", "storage.key")]
    public void What_is_wrong_is_named_with_its_place_and_its_cure(string file, string place, string cure)
    {
        var reading = Read(file);

        var problem = Assert.Single(reading.Problems);
        Assert.StartsWith(place, problem.Place, StringComparison.Ordinal);
        Assert.Contains(cure, problem.Message, StringComparison.Ordinal);
        Assert.Null(reading.Options);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var reading = Read("""{ "listen": "x", "sip": { "bnid": "y" }, "retry": { "busy": "z" } }""", ("FAXBOT_LOG_LEVEL", "loud"));

        Assert.Equal(["FAXBOT_LOG_LEVEL", "listen", "retry.busy", "sip.bnid"], reading.Problems.Select(problem => problem.Place).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_secret_is_never_repeated()
    {
        var wrong = Read("""{ "storage": { "key": "hunter2" }, "database": "postgresql://faxbot:hunter2@" }""");
        var right = Read("""{ "database": "postgresql://faxbot:hunter2@db.example.com/fax" }""", ("FAXBOT_STORAGE_KEY", Key));

        Assert.Equal(2, wrong.Problems.Count);
        Assert.DoesNotContain("hunter2", string.Concat(wrong.Problems), StringComparison.Ordinal);
        Assert.Equal("postgresql://db.example.com:5432/fax", right.Settings.Single(setting => setting.Key == "database").Value);
        Assert.Equal("***", right.Settings.Single(setting => setting.Key == "storage.key").Value);
        Assert.DoesNotContain(Key, right.Options!.Storage.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_may_stand_in_a_file_of_its_own()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.Of("key"), Key + "\n");

        var named = Read($$"""{ "storage": { "key": "@file:{{folder.Of("key")}}" } }""");
        var byVariable = Read(null, ("FAXBOT_STORAGE_KEY_FILE", folder.Of("key")));
        var missing = Read(null, ("FAXBOT_STORAGE_KEY_FILE", folder.Of("none")));
        var both = Read(null, ("FAXBOT_STORAGE_KEY_FILE", folder.Of("key")), ("FAXBOT_STORAGE_KEY", Key));

        Assert.Equal(Convert.FromBase64String(Key), named.Options!.Storage.Key!.Octets);
        Assert.Equal(named.Options.Storage.Key, byVariable.Options!.Storage.Key);
        Assert.Contains(folder.Of("none"), Assert.Single(missing.Problems).Message, StringComparison.Ordinal);
        Assert.Single(both.Problems);
    }

    [Theory]
    [InlineData("postgresql://fax:p%40ss@db.example.com:5433/faxes", "Host=db.example.com;Port=5433;Database=faxes;Username=fax;Password=p@ss")]
    [InlineData("postgres://db.example.com/faxes", "Host=db.example.com;Database=faxes")]
    [InlineData("Host=db.example.com;Database=faxes;Username=fax", "Host=db.example.com;Database=faxes;Username=fax")]
    public void A_PostgreSQL_is_named_by_address_or_by_words(string text, string expected)
    {
        var options = Read(null, ("FAXBOT_DATABASE", text)).Options!.Database;

        Assert.Null(options.Sqlite);
        Assert.Equal(new Npgsql.NpgsqlConnectionStringBuilder(expected), new Npgsql.NpgsqlConnectionStringBuilder(options.PostgreSql));
    }

    [Fact]
    public void A_variable_that_means_nothing_is_warned_of_and_no_more()
    {
        var reading = Read(null, ("FAXBOT_SIP_BNID", "0.0.0.0:5060"), ("FAXBOT_PORT", "tcp://10.0.0.1:80"), ("FAXBOT_CONFIG", "faxbot.json"), ("PATH", "/bin"));

        Assert.NotNull(reading.Options);
        Assert.Equal(["FAXBOT_PORT", "FAXBOT_SIP_BNID"], reading.Warnings.Select(warning => warning.Place));
        Assert.Contains("FAXBOT_SIP_BIND", reading.Warnings[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_home_the_data_folder_must_be_named()
    {
        var empty = new Dictionary<string, string>();

        var problem = Assert.Single(GatewayOptionsReader.Read(null, empty).Problems);

        Assert.Equal("data_folder", problem.Place);
        Assert.NotNull(GatewayOptionsReader.Read("""{ "data_folder": "/var/lib/faxbot" }""", empty).Options);
    }

    internal static ConfigurationReading Read(string? file, params (string Name, string Value)[] environment) =>
        GatewayOptionsReader.Read(file, environment.Append(("HOME", "/srv/me")).ToDictionary());
}
