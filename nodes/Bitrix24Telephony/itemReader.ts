import type { IBinaryData, IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { FileSource } from '../../bitrix24/plan';
import { clock } from '../common/clock';
import { itemError } from '../common/failures';
import { connectSystem, type ConnectedSystem } from '../common/phoneSystem';
import { Given, labelOf, type Place } from './given';
import { LEAN_VERSION } from './version';

/** Keys that n8n remembers for a node. Repeats come within minutes. */
const REMEMBERED = 10_000;

/** Reads and checks the parameters of one item. Everything it refuses becomes an error on that item. */
export class ItemReader implements Place {
	/** Advice that came up while reading. */
	readonly hints: string[] = [];
	/** What went wrong while reading, although the item goes on. */
	readonly warnings: string[] = [];
	/** Where items compete for the same call, the one with the higher value goes first. */
	preference = 0;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly itemIndex: number,
	) {}

	/**
	 * What the item brings for a property, expressions resolved; its shown default when the workflow does not have it.
	 */
	given(property: INodeProperties): Given {
		return new Given(
			this.context.getNodeParameter(property.name, this.itemIndex, property.default),
			labelOf(property),
			this,
		);
	}

	/** Whether the node has its first version, whose form and results stay as they were. */
	get isOfBefore(): boolean {
		return this.context.getNode().typeVersion < LEAN_VERSION;
	}

	/** IANA time zone of the workflow. */
	get zone(): string {
		return this.context.getTimezone();
	}

	/**
	 * A file of this item. Nothing is read before it is sent; from n8n's file store it streams.
	 *
	 * @param label of the field that asks for it.
	 * @returns the file, with its length where n8n knows it without asking its store.
	 * @throws NodeOperationError when the item has no such binary field.
	 */
	binary(property: string, label = 'Input Binary Field'): FileSource & { bytes?: number } {
		const { helpers } = this.context;
		const { id, data, bytes, fileName = '', mimeType } = this.binaryData(property, label);
		return {
			name: fileName,
			contentType: mimeType.toLowerCase(),
			bytes: id ? bytes : Buffer.byteLength(data, 'base64'),
			open: async () => {
				if (id)
					return { size: (await helpers.getBinaryMetadata(id)).fileSize, content: await helpers.getBinaryStream(id) };
				const content = await helpers.getBinaryDataBuffer(this.itemIndex, property);
				return { size: content.length, content };
			},
		};
	}

	private binaryData(property: string, label: string): IBinaryData {
		try {
			return this.context.helpers.assertBinaryData(this.itemIndex, property);
		} catch {
			const names = Object.keys(this.context.getInputData()[this.itemIndex]?.binary ?? {});
			const there = names.length > 0 ? `Its files are in ${names.join(', ')}.` : 'It has no file at all.';
			return this.refuse(
				`${label}: this item has no file in “${property}”`,
				`${there} Check the node before this one.`,
			);
		}
	}

	/**
	 * Origin of n8n's webhook addresses, as Bitrix24 sees it.
	 *
	 * n8n tells nodes only the address at which an execution resumes; it lies on the same origin.
	 */
	webhookOrigin(): string {
		return new URL(String(this.context.evaluateExpression('{{ $execution.resumeUrl }}', this.itemIndex))).origin;
	}

	/** The item as it came in. */
	get input(): IDataObject {
		return this.context.getInputData()[this.itemIndex]?.json ?? {};
	}

	/** Id of the workflow; empty for one that was never saved. */
	get workflowId(): string {
		return this.context.getWorkflow().id ?? '';
	}

	/**
	 * The phone system of the node's credential.
	 *
	 * @returns undefined when the node has none, or one of another system.
	 */
	async phoneSystem(name: string): Promise<ConnectedSystem | undefined> {
		return await connectSystem(this.context, name);
	}

	/**
	 * Whether a key has been here before, in this node of any process; takes down that it was. n8n keeps it in its
	 * database. Where n8n cannot tell, it counts as having been here, so that whoever asks looks for itself.
	 */
	readonly wasHere = async (key: string): Promise<boolean> => {
		try {
			const { processed } = await this.context.helpers.checkProcessedAndRecord([key], 'node', {
				mode: 'entries',
				maxEntries: REMEMBERED,
			});
			return processed.length > 0;
		} catch {
			return true;
		}
	};

	/** Milliseconds since 1970. */
	get now(): number {
		return clock.now();
	}

	/** Leaves advice with the item, which goes on. */
	hint(text: string): void {
		this.hints.push(text);
	}

	/** Leaves a warning with the item, which goes on. */
	warn(text: string): void {
		this.warnings.push(text);
	}

	/** Fails this item. */
	refuse(message: string, description: string): never {
		throw itemError(this.context.getNode(), message, description, this.itemIndex);
	}
}
