/** The guides in the order in which a newcomer needs them; each is a page below /docs/guide. */
export const guideTopics = {
  'first-session': 'First session in five minutes',
  webhooks: 'Webhooks',
  testing: 'Testing in the sandbox',
  'going-live': 'Going live',
} as const;

export type GuideTopic = keyof typeof guideTopics;

/** What a guide may name: this very portal, so that its commands run as they stand. */
export type GuideProps = {
  portalUrl: string;
  /** Absent in production, which has none. */
  sandboxFile?: string | undefined;
};

export function isGuideTopic(topic: string): topic is GuideTopic {
  return Object.hasOwn(guideTopics, topic);
}
