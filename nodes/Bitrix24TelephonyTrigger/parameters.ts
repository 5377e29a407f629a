import { toFlag } from '../common/values';
import { Option, YES_OR_NO } from './option';

/** How events come: sent by Bitrix24 to n8n's address, fetched by n8n from the portal's queue, or both. */
export type Delivery = 'push' | 'poll' | 'both';

const DELIVERIES: readonly Delivery[] = ['push', 'poll', 'both'];

/** A parameter of its own, read as the options are. */
export const delivery = new Option<Delivery>(
	{
		displayName: 'Delivery',
		name: 'delivery',
		type: 'options',
		options: [
			{
				name: 'Push',
				value: 'push',
				description: 'Bitrix24 sends events to the address of this n8n, which must be open to the internet',
			},
			{
				name: 'Poll',
				value: 'poll',
				description:
					'N8n fetches events every few seconds, so it needs no public address. The credential must be connected by an administrator.',
			},
			{
				name: 'Both',
				value: 'both',
				description:
					'Push, and what did not arrive, as while n8n was down, is fetched. The credential must be connected by an administrator.',
			},
		],
		default: 'push',
		description: 'How events get from Bitrix24 to n8n',
	},
	{
		accept: (given) => DELIVERIES.find((one) => one === given),
		advice: 'Choose Push, Poll or Both, or give push, poll or both.',
		absent: 'push',
	},
);

/** A parameter of its own, read as the options are. */
export const verifyDelivery = new Option<boolean>(
	{
		displayName: 'Verify Delivery on Publishing',
		name: 'verifyDelivery',
		type: 'boolean',
		displayOptions: { hide: { delivery: ['poll'] } },
		default: false,
		description: 'Whether publishing waits for a test event of Bitrix24, and fails when it does not arrive',
	},
	{ accept: toFlag, advice: YES_OR_NO, absent: false },
);

/** What a test starts with: an event of Bitrix24, or a made-up one. */
export type TestStart = 'event' | 'sample';

const TEST_STARTS: readonly TestStart[] = ['event', 'sample'];

/** A parameter of its own, read as the options are. */
export const testWith = new Option<TestStart>(
	{
		displayName: 'When Testing',
		name: 'testWith',
		type: 'options',
		options: [
			{
				name: 'Use a Sample',
				value: 'sample',
				description: 'A made-up event comes at once: the first one chosen, with made-up numbers and names',
			},
			{
				name: 'Wait for an Event',
				value: 'event',
				description: 'Click a phone number in Bitrix24, or let another chosen event happen',
			},
		],
		default: 'event',
		description: 'What Execute Step brings. A published workflow always waits for events of Bitrix24.',
	},
	{
		accept: (given) => TEST_STARTS.find((one) => one === given),
		advice: 'Choose Use a Sample or Wait for an Event, or give sample or event.',
		absent: 'event',
	},
);
