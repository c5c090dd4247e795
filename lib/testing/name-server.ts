import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';

/** The answers to the questions for one name, in order, each the addresses of version 4; the last is repeated. */
export type Zone = Record<string, readonly (readonly string[])[]>;

export type NameServer = {
  /** All addresses of a name, asked over the network, as the system's resolver would be. */
  resolve(name: string): Promise<string[]>;
  /** Every question that came, by name. */
  asked: string[];
  /** Host and port, for whoever asks by itself. */
  address: string;
  stop(): Promise<void>;
};

const headerBytes = 12;

/** A name server of a hostile domain, over UDP, which may answer differently each time; names that it does not have do not exist. */
export async function startNameServer(zone: Zone): Promise<NameServer> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (question, { port, address }) => {
    const { name, end } = nameIn(question);
    const times = asked.filter((one) => one === name).length;
    asked.push(name);
    const answers = zone[name];
    const addresses = answers?.[Math.min(times, answers.length - 1)];
    socket.send(answerTo(question.subarray(0, end), addresses), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const resolver = new Resolver({ timeout: 2_000, tries: 1 });
  const address = `127.0.0.1:${socket.address().port}`;
  resolver.setServers([address]);
  return {
    asked,
    address,
    resolve: (name) => resolver.resolve4(name),
    stop: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

/** The name of the only question, and where the question ends. */
function nameIn(question: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = headerBytes;
  for (let length = question.readUInt8(at); length > 0; length = question.readUInt8(at)) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 5 };
}

function answerTo(question: Buffer, addresses: readonly string[] | undefined): Buffer {
  const head = Buffer.from(question);
  // An answer, recursion available; name error where there is none.
  head.writeUInt16BE(addresses ? 0x8180 : 0x8183, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(addresses?.length ?? 0, 6);
  head.writeUInt32BE(0, 8);
  // Points at the name of the question; type A, class IN, kept for no time at all.
  const record = (ip: string) =>
    Buffer.concat([Buffer.from('c00c00010001000000000004', 'hex'), Buffer.from(ip.split('.').map(Number))]);
  return Buffer.concat([head, ...(addresses ?? []).map(record)]);
}
