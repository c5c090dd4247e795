// Every feature switched off here has had a remote fault; see lib/decisions/0002-next-with-little-surface.md.
/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // The hook that sees each answer does it in one piece: lib/http/compression.ts.
  compress: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  productionBrowserSourceMaps: false,
  devIndicators: false,
  // The address of a link is a secret, even on a developer's terminal.
  logging: { incomingRequests: { ignore: [/^\/s\//] } },
  typescript: { ignoreBuildErrors: true },
};
