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
  // Derived and not drawn: whoever has the sources can tell which build they give. Only a build asks for it.
  generateBuildId: async () => {
    const { hashSources } = await import('./lib/cli/hash-sources.ts');
    const { buildIdOf } = await import('./lib/domain/software.ts');
    return buildIdOf(await hashSources(import.meta.dirname));
  },
  typescript: { ignoreBuildErrors: true },
};
