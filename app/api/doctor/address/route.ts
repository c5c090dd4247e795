import { addressProbeAnswer } from '#lib/http/address-probe.ts';
import { answering } from '#lib/http/answering.ts';
import { methods } from '#lib/http/methods.ts';

/** Asked by `aceite doctor` through PORTAL_URL: does the evidence name the client, or the proxy in front? */
export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = methods({
  GET: (request) => answering(async (program) => addressProbeAnswer(program, request.headers.get('x-aceite-probe'))),
});
