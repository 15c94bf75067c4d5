import OporaPluginKit

await PluginHost<Reporter>.main()
