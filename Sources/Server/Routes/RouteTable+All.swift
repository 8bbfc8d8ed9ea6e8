extension RouteTable {
    /// The whole API of this version.
    static let all = RouteTable(
        routes: ApplicationRoutes.reading + ApplicationRoutes.acting + OverviewRoutes.all + EventRoutes.all + ServiceRoutes.all)
}
