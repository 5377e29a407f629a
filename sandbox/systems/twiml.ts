/** What `<Dial>` in TwiML says, as far as a click or an incoming call needs it. */
export interface Dial {
	callerId?: string;
	action?: string;
	recordingStatusCallback?: string;
	record?: string;
	/** Numbers and SIP addresses that ring. */
	targets: string[];
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** An ampersand that begins no entity: no XML parser takes it. */
const BARE_AMPERSAND = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i;

const DIALS = /^\s*(?:<\?xml[^>]*\?>\s*)?<Response>\s*<Dial((?:\s+\w+="[^"<]*")*)\s*>([^]*)<\/Dial>\s*<\/Response>\s*$/;

/** Reads TwiML that dials. @returns undefined when it does not, or is no XML */
export function readTwiml(xml: string): Dial | undefined {
	const [, attributes = '', content = ''] = DIALS.exec(xml) ?? [];
	const targets = [...content.matchAll(/<(Number|Sip)[^>]*>([^<]+)<\/\1>/g)].map(([, , target = '']) =>
		plain(target.trim()),
	);
	if (BARE_AMPERSAND.test(xml) || targets.length === 0) return undefined;
	const named = Object.fromEntries(
		[...attributes.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value = '']) => [name, plain(value)]),
	);
	return { ...named, targets };
}

function plain(text: string): string {
	return text.replace(/&(\w+);/g, (_all, entity: string) => ENTITIES[entity] ?? '');
}
