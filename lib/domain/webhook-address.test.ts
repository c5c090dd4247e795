import { expect, test } from 'vitest';
import { mayBeCalled, parseWebhookUrl } from './webhook-address.ts';

const production = (text: string) => parseWebhookUrl(text, false);

test.each([
  ['https://loja.example/webhooks?a=1', 'https://loja.example/webhooks?a=1'],
  ['HTTPS://Loja.Example', 'https://loja.example/'],
  ['https://loja.example:443/', 'https://loja.example/'],
  ['https://loja.example:8443/x', 'https://loja.example:8443/x'],
  ['https://8.8.8.8/', 'https://8.8.8.8/'],
  ['https://[2606:4700::1111]/', 'https://[2606:4700::1111]/'],
])('%s may be called, as %s', (text, value) => {
  expect(production(text)).toEqual({ ok: true, value });
});

/** Addresses that lead inside, or that two readers understand differently. */
const hostile: Record<string, readonly string[]> = {
  webhook_url_private: [
    ...[
      'https://127.0.0.1/',
      'https://127.1/',
      'https://2130706433/',
      'https://0x7f000001/',
      'https://0177.0.0.1/',
      'https://017700000001/',
    ],
    ...[
      'https://0x7f.1/',
      'https://127.0.0.1:8443/',
      'https://localhost/',
      'https://LOCALHOST/',
      'https://0/',
      'https://0.0.0.0/',
    ],
    ...[
      'https://10.0.0.1/',
      'https://172.16.0.1/',
      'https://172.31.255.255/',
      'https://192.168.1.1/',
      'https://100.64.0.1/',
    ],
    ...[
      'https://169.254.169.254/latest/meta-data/',
      'https://2852039166/',
      'https://0xa9fea9fe/',
      'https://0251.0376.0251.0376/',
    ],
    ...[
      'https://192.0.2.1/',
      'https://198.51.100.7/',
      'https://203.0.113.9/',
      'https://198.18.0.1/',
      'https://224.0.0.1/',
      'https://255.255.255.255/',
    ],
    ...[
      'https://[::1]/',
      'https://[::]/',
      'https://[0:0:0:0:0:0:0:1]/',
      'https://[::ffff:127.0.0.1]/',
      'https://[::ffff:7f00:1]/',
    ],
    ...[
      'https://[::ffff:169.254.169.254]/',
      'https://[::ffff:10.0.0.1]/',
      'https://[::127.0.0.1]/',
      'https://[64:ff9b::7f00:1]/',
    ],
    ...[
      'https://[fe80::1]/',
      'https://[fc00::1]/',
      'https://[fd00:ec2::254]/',
      'https://[ff02::1]/',
      'https://[2001:db8::1]/',
      'https://[2002:7f00:1::]/',
    ],
    ...['https://①②⑦.⓪.⓪.①/', 'https://１２７.0.0.1/'],
  ],
  webhook_url_scheme: [
    ...[
      'http://loja.example/',
      'http://127.0.0.1/',
      'ftp://loja.example/',
      'file:///etc/passwd',
      'gopher://loja.example/',
      'javascript:alert(1)',
    ],
    ...['data:text/plain,x', 'unix:/run/docker.sock', 'ws://loja.example/'],
  ],
  webhook_url_port: [
    'https://loja.example:22/',
    'https://loja.example:80/',
    'https://loja.example:5432/',
    'https://loja.example:0/',
  ],
  webhook_url_userinfo: [
    ...[
      'https://maria@loja.example/',
      'https://a:b@loja.example/',
      'https://@loja.example/',
      'https://loja.example@127.0.0.1/',
    ],
  ],
  webhook_url_not_address: [
    ...[
      '',
      'loja.example',
      '/webhooks',
      '//loja.example/',
      'https:/loja.example/',
      'https:loja.example',
      'https:///loja.example/',
      'https://',
    ],
    ...[
      'https://loja.example/\r\nHost: x',
      'https://loja.example/ x',
      ' https://loja.example/',
      'https://loja.example\\@127.0.0.1/',
    ],
    ...[
      'https://loja.example/#x',
      'https://[::1',
      'https://[fe80::1%25eth0]/',
      'https://256.256.256.256/',
      'https://1.2.3.4.5/',
      'https://loja.example:99999/',
    ],
    ...['https://lo\u00adja.example/', 'https://loja.example/\u0000', `https://loja.example/${'a'.repeat(2_000)}`],
  ],
};

test.each(Object.entries(hostile))('of the hostile corpus nothing is called: %s', (code, texts) => {
  const answers = texts.map((text) => [text, production(text)] as const);
  expect(answers.filter(([, answer]) => answer.ok || answer.code !== code)).toEqual([]);
});

test('in sandbox mode loopback may be called, over http and on any port, and nothing else inside', () => {
  const sandbox = (text: string) => parseWebhookUrl(text, true).ok;
  const loopback = [
    'http://127.0.0.1:4242/webhooks',
    'http://localhost:3000/',
    'http://[::1]:80/',
    'https://127.0.0.1:9/',
    'https://loja.example:9000/',
  ];
  expect(loopback.map(sandbox)).toEqual(loopback.map(() => true));
  const inside = [
    'http://loja.example/',
    'http://10.0.0.1/',
    'https://10.0.0.1/',
    'https://169.254.169.254/',
    'https://[fd00::1]/',
  ];
  expect(inside.map(sandbox)).toEqual(inside.map(() => false));
});

test.each([
  ['8.8.8.8', true, true],
  ['2606:4700::1111', true, true],
  ['127.0.0.1', false, true],
  ['127.255.255.255', false, true],
  ['::1', false, true],
  ['::ffff:127.0.0.1', false, true],
  ['10.1.2.3', false, false],
  ['169.254.169.254', false, false],
  ['::ffff:169.254.169.254', false, false],
  ['fe80::1%eth0', false, false],
  ['64:ff9b::a00:1', false, false],
  ['203.0.113.1', false, false],
  ['3fff::1', false, false],
  ['0.0.0.0', false, false],
  ['', false, false],
  ['loja.example', false, false],
])(
  'an answer of a resolver that says %s may be called in production: %s, in the sandbox: %s',
  (ip, inProduction, inSandbox) => {
    expect([mayBeCalled(ip, false), mayBeCalled(ip, true)]).toEqual([inProduction, inSandbox]);
  },
);
