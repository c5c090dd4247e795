/** What the server itself saw of one request; the network part of every act's evidence. */
export type RequestFacts = {
  requestId: string;
  ip?: string;
  sourcePort?: number;
  ipTrust: 'direct' | 'trusted_proxy' | 'untrusted';
  /** True for an address of the public internet; loopback, private and unknown ones are not. */
  isPublicAddress: boolean;
  socketPeer: string;
  socketPort?: number;
  rawForwarded?: string;
  userAgent?: string;
  acceptLanguage?: string;
  /** What a Chromium says of itself unasked (`Sec-CH-UA…`), by the names of the headers. */
  clientHints?: Record<string, string>;
};
