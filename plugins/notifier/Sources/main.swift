import OporaPluginKit

await PluginHost<Notifier>.main()
