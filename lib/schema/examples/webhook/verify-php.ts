export const verifyInPhp = `<?php

/** Throws unless the portal sent this body, file_get_contents('php://input'), within the last five minutes. */
function verify_webhook(string $secret, array $headers, string $rawBody): void
{
    $id = $headers['webhook-id'] ?? '';
    $timestamp = $headers['webhook-timestamp'] ?? '';
    if (abs(time() - (int) $timestamp) > 300) {
        throw new RuntimeException('too old, or from the future');
    }
    $key = base64_decode(substr($secret, strlen('whsec_')));
    $expected = base64_encode(hash_hmac('sha256', "$id.$timestamp.$rawBody", $key, true));
    foreach (explode(' ', $headers['webhook-signature'] ?? '') as $signature) {
        [$version, $value] = explode(',', $signature, 2) + ['', ''];
        if ($version === 'v1' && hash_equals($expected, $value)) {
            return;
        }
    }
    throw new RuntimeException('no signature fits');
}
`;
