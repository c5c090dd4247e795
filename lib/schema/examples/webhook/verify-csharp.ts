export const verifyInCsharp = `using System.Security.Cryptography;
using System.Text;

static class WebhookVerifier
{
    /// <summary>Throws unless the portal sent this body within the last five minutes.</summary>
    public static void Verify(string secret, IDictionary<string, string> headers, byte[] rawBody)
    {
        var id = headers["webhook-id"];
        var timestamp = headers["webhook-timestamp"];
        var ageInSeconds = Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - long.Parse(timestamp));
        if (ageInSeconds > 300) throw new CryptographicException("too old, or from the future");
        var key = Convert.FromBase64String(secret.Replace("whsec_", ""));
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. rawBody];
        var expected = Encoding.ASCII.GetBytes(Convert.ToBase64String(HMACSHA256.HashData(key, signed)));
        foreach (var signature in headers["webhook-signature"].Split(' '))
        {
            if (!signature.StartsWith("v1,")) continue;
            var given = Encoding.ASCII.GetBytes(signature[3..]);
            if (CryptographicOperations.FixedTimeEquals(given, expected)) return;
        }
        throw new CryptographicException("no signature fits");
    }
}
`;
