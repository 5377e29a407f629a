import { Bitrix24Telephony } from '../../../nodes/Bitrix24Telephony/Bitrix24Telephony.node';
import { resources } from '../../../nodes/Bitrix24Telephony/operations';
import { Bitrix24TelephonyTrigger } from '../../../nodes/Bitrix24TelephonyTrigger/Bitrix24TelephonyTrigger.node';
import { Bitrix24OAuth2Api } from '../../../credentials/Bitrix24OAuth2Api.credentials';
import { PhoneSystemApi } from '../../../credentials/PhoneSystemApi.credentials';
import { PhoneSystemTrigger } from '../../../nodes/PhoneSystemTrigger/PhoneSystemTrigger.node';
import { fieldWords } from '../../../tools/docs/fieldWords';
import { files, read, withoutCode } from './markdown';

/** What n8n and Bitrix24 call so, codes of errors, and emphasis. */
const OF_OTHERS = ['HTTP Request', 'Filter', 'Switch', 'Form', 'Create workflow', 'Import from file', 'Ring'];
const OTHERS = [...OF_OTHERS, 'OPERATION_TIME_LIMIT', 'production', 'running', 'italics'];

const said = [
	...[new Bitrix24Telephony(), new Bitrix24TelephonyTrigger(), new PhoneSystemTrigger()].map(
		(node) => node.description,
	),
	...[new Bitrix24OAuth2Api(), new PhoneSystemApi()].map(({ displayName, properties }) => ({
		displayName,
		properties,
	})),
	...resources.map(({ name, operations }) => operations.map(({ entry }) => `${name}: ${entry.name}`)),
].map((part) => JSON.stringify(part));
const examples = files('examples/*.json').map(read);
const known = [...said, ...examples].join('\n');

/** Two words joined by a colon name a field and its value, or a resource and its operation. */
const partsOf = (name: string): string[] => (known.includes(`"${name}"`) ? [name] : name.split(/: /));

it.each(['docs/recipes.md', 'docs/troubleshooting.md'])('%s calls parts of nodes as n8n shows them', (file) => {
	const page = withoutCode(read(file))
		// Messages, which have a test of their own.
		.replace(/^\| (?!---)(.*?) \|/gm, '|');
	const names = [...page.matchAll(/(?<!\*)\*([^*\n]+)\*(?!\*)/g)].map(([, name = '']) => name);
	expect(names.length).toBeGreaterThan(20);
	const unknown = names
		.flatMap(partsOf)
		.filter((name) => !OTHERS.includes(name) && !labels(name).some((one) => known.includes(one)));
	expect(unknown).toEqual([]);
});

/** Environment variables of n8n and Node.js. */
const VARIABLES = ['WEBHOOK_URL', 'NODE_EXTRA_CA_CERTS', 'N8N_LOG_LEVEL', 'N8N_SSRF_PROTECTION_ENABLED'];

it.each(['docs/recipes.md', 'docs/troubleshooting.md', 'docs/phone-systems.md'])(
	'%s names fields and settings that there are',
	(file) => {
		const dialplans = files('examples/asterisk/*', 'examples/freeswitch/*').map(read).join('\n');
		const names = [...read(file).matchAll(/`([A-Z][A-Z0-9]*_?[A-Z0-9_]{2,})(?:=[^`]*)?`/g)].map(
			([, name = '']) => name,
		);
		expect(names.length).toBeGreaterThan(2);
		const unknown = [...new Set(names)].filter(
			(name) => fieldWords(name, 'report') === '' && !dialplans.includes(name) && !VARIABLES.includes(name),
		);
		expect(unknown).toEqual([]);
	},
);

/** A label may have a unit behind it. */
function labels(name: string): string[] {
	return [`"${name}"`, `"${name} (Seconds)"`];
}
