import type { WebhookAnswer } from '#lib/domain/webhook-schedule.ts';

/**
 * The port to merchants' receivers: sends the bytes it is given, signed, to an address that it has looked at itself. Nothing above this
 * line knows headers, names or addresses.
 */
export type WebhookSender = {
  /** One attempt. Never throws for what network or receiver do. */
  send(message: WebhookMessage): Promise<WebhookExchange>;
};

export type WebhookMessage = {
  /** The same on every attempt. */
  id: string;
  url: string;
  body: Uint8Array;
  /** The endpoint's secret, and during a change the one before it as well. */
  secrets: readonly Uint8Array[];
  /** The workspace's Ed25519 signature over what is given. */
  sign(content: Uint8Array): Uint8Array;
};

/** `reply` is the beginning of what came back, as it came. */
export type WebhookExchange = { answer: WebhookAnswer; latencyMs: number; reply?: string };
